"""Hand-outs that look like papers: a loading guide with numbered headings, a review with abstract and affiliations."""

from tests.typesetting.handout import Handout
from tests.typesetting.writing import authors, blocks, references

TENDON = Handout(
    title="Achilles Tendinopathy: Loading Guide",
    authors=authors("Jonas Falk, Mei Tanaka"),
    running_head="Falk and Tanaka",
    running_foot="Version 3.2",
    blocks=blocks("""
# 1. Introduction

Achilles tendinopathy is pain, swelling and loss of function of the tendon at the heel[1].
About 1 in 3 runners will have it once in their life[1,2], but a third of all patients hardly do any sport[2].
The term tendinitis is no longer used, since inflammation plays a minor part[3].
This guide explains how to load the tendon over 12 weeks.

# 2. Background

## 2.1 The healthy tendon

The Achilles tendon is 15 cm long, and its cross-section of 50 to 80 mm^{2} is larger in men[4].
In running it carries 6 to 8 times the body weight, i.e. up to 5 kN, about 10^{4} times in 10 km[4,5].
Its stiffness stores energy like a spring and gives back more than 90% of it[5].

## 2.2 What changes

Cells multiply, collagen type I is replaced by type III, and new vessels and nerves grow into the tendon[3,6].
Levels of glutamate and substance P rise, whereas IL-6 rises for some hours only, after exercise[6].
A thickened tendon is softer, and its strain under load is 2% higher[7].
These changes may remain on a scan even when you are free of pain[7-9].

# 3. Loading programme

## 3.1 Rules

* Pain of up to 5 out of 10 is allowed during the exercise[10].
* Pain and stiffness on the next morning must not be worse than the day before[10,11].
  If they are, go back one stage.
* Every repetition takes 6 seconds: 3 seconds up and 3 seconds down[11].

## 3.2 Stages

| Stage | Exercise | Sets | Load | Days |
| 1 | Hold on both legs | 5 x 45 s | Body weight | Daily |
| 2 | Heel raise, both legs | 4 x 15 | Body weight | Daily |
| 3 | Heel raise, one leg | 4 x 10 | 5 to 10 kg | 3 a week |
| 4 | Heel raise from a step | 4 x 6 | 10 to 30 kg | 3 a week |
| 5 | Hops and jumps | 6 x 10 | Body weight | 2 a week |

Stage 5 is added when you can do 20 raises on one leg with less than 2 out of 10 pain[11,12].
At landing the heel is slowed by 30 to 60 m/s^{2}, hence the 2 days of rest between sessions.

## 3.3 At home

+ Stand on a step with the front of your feet and hold on to the rail.
+ Rise on your toes as far as you can.
+ Lower the heels slowly until they are below the step.
  If the pain sits where the tendon meets the bone, stop at the level of the step[12].
+ Rest for 90 seconds between the sets.

# 4. Running

You may go on running if the pain stays below 5 out of 10, as those who did so recovered just as well[10].
Shorten your steps by 5 to 10% and avoid hills and sprints during the first 6 weeks.
A heel lift of 12 mm helped in the first 12 weeks[13].

# 5. Other treatments

Shock waves at 0.1 mJ/mm^{2}, 3 times at intervals of 1 week, may be added after 3 months without success[12,13].
Injections of blood plasma (PRP) are not better than salt water[14].
Antibiotics such as ciprofloxacin 500 mg raise the risk of a rupture, even if taken for a few days[2].

> A bang like a kick to the heel, followed by weakness, is a rupture until proven otherwise.
> Do not walk, and have the tendon examined within 48 hours[1,14].

# 6. Outlook

Eight of ten people are satisfied after 12 weeks, but full strength takes 6 to 12 months[8,13].
Keep up stage 4 once a week for at least a year, as symptoms come back in 1 of 4 people[8].
"""),
    references=references("""
Arvid S, Poole M. Achilles tendinopathy in the clinic. Tendon Lett. 2014;3(1):8-17.
Bakker T. Runners and others: who gets it? Tendon Lett. 2015;4(2):71-80.
Cho H, Dahl R. Farewell to tendinitis. Tendon Lett. 2011;1(1):1-4.
De Wit L. Dimensions and forces of the Achilles tendon. Gait Lett. 2007;4(3):88-99.
Ellis F, Komori T. The tendon as a spring. Gait Lett. 2009;6(1):15-26.
Ferro G. Messengers in the painful tendon. Pain Pathways. 2013;26(2):120-131.
Grieg P, Hall S. Softness and strain measured with ultrasound. Radiol Rehabil. 2014;11(3):99-108.
Hedman J. Five years after loading. Physiother Trials. 2011;13(4):262-270.
Idris N. Symptoms and structure part company. Radiol Rehabil. 2016;13(2):54-60.
Jessen K, Thorne A. Running on during rehabilitation: a trial. Physiother Trials. 2007;9(6):897-906.
Kruse B, Madsen C. Heavy slow loading. Physiother Trials. 2015;17(7):1704-1713.
Lind O. Pain at the insertion. Tendon Lett. 2018;7(1):22-31.
Munro S, Vidal E. Heel lifts, waves and exercise. Physiother Trials. 2021;23(5):486-495.
Norris D. Plasma or salt water? Tendon Lett. 2020;9(3):126-133.
"""),
)

REVIEW = Handout(
    title="Local and Systemic Effects of Dry Needling in Myofascial Pain: A Short Review",
    authors=authors("Clara M. Hoffmann 1, Daniel Okafor 1 2, Sofia Reyes 2, Peter J. Lindgren 3"),
    affiliations={
        1: "Department of Physiotherapy, Westmark University Hospital",
        2: "Institute of Muscle Research, Port Ellis",
        3: "Lindgren Pain Clinic, Uddby",
    },
    correspondence="Correspondence: Clara M. Hoffmann, c.hoffmann@westmark.example",
    running_head="Hoffmann et al.: Effects of dry needling",
    running_foot="J Clin Handouts 2022; 7: 114-117",
    blocks=blocks("""
# Abstract

Dry needling is widely used for myofascial pain, yet its mechanisms are only partly understood.
We summarise what is known of its effects on the trigger point, the blood flow, the spinal cord and the brain.
Evidence from 25 studies suggests short-term relief of pain, with effects that fade within 12 weeks.

# Introduction

Myofascial trigger points are tender spots within a taut band of skeletal muscle[1,2].
They are found in 30-85% of patients in pain clinics[3], depending on who examines them and how[3,4].
In dry needling, a solid filament needle, usually 0.25 to 0.30 mm thick, is inserted into the trigger point without
    injecting anything[2].
The method differs from acupuncture in its aims, its reasoning and the choice of sites[5].
This review is meant for patients and referring physicians.

# Methods

Three authors (C.H., D.O. and S.R.) searched four databases for articles that appeared before 1 March 2022.
Of 412 records, 25 were included: 14 trials in humans, 6 animal studies and 5 reviews.
Disagreements were resolved by discussion, as recommended by Ames et al.[6]

# Effects at the Trigger Point

## Motor end plate

Spontaneous electrical activity is raised at trigger points, to 10 to 50 microvolts compared with less than 10 in normal
    muscle[7,8].
A local twitch response, i.e. a brief contraction of the taut band, is followed by a fall of this activity in
    rabbits[8].
Whether the twitch is needed in humans is disputed[9,10].
More twitches meant more relief in one trial (n = 60)[9], but also more soreness on the following day[10].

## Chemical changes

Shah-type microdialysis needles, which draw samples of 0.5 microlitres, have shown a sour milieu with a pH of about 5 in
    active trigger points[11].
Substance P, CGRP, bradykinin, TNF-alpha, IL-1, IL-6 and IL-8 were all raised[11,12].
After a twitch, substance P and CGRP fell to nearly normal values within 10 minutes[12].
In cultured muscle, 10^{6} cells/mL set free half as much IL-6 after needling as untouched cells did[13].
CO_{2} in the tissue fell from 52 to 45 mmHg, which points to better perfusion[14].

## Blood flow

Laser Doppler measurements over an area of 4 mm^{2} show that blood flow doubles for about 15 minutes[14,15].
Calcitonin gene-related peptide and nitric oxide, which are set free by nerve endings, widen the vessels[15-17].
No change of flow was found in the muscles of the other leg[16].

# Effects on the Nervous System

## Spinal cord

The needle excites A-delta fibres, which conduct at 5 to 30 m/s, and so blocks signals of C fibres in the dorsal
    horn[18].
Pressure pain thresholds increase in the same segment first; needling at C5 eases pain along the whole C5
    dermatome[18,19].
Threshold changes of less than 1.5 kg/cm^{2} are, however, within the error of measurement[19].

## Brain

* Functional imaging shows lower activity in the insula and the anterior cingulate cortex[20].
* Descending pathways that use serotonin and noradrenaline are activated[20,21].
  Alpha1 blockers and naloxone weaken the effect in rats[21].
* Expectation explains a good part of the relief, and sham needles work almost as well in some trials[6,22].

# Clinical Results

Compared with no treatment or sham, dry needling lowers pain by 1.1 points (95% CI 0.6-1.6) right after
    treatment[22,23].
After 12 weeks the difference was 0.4 points and no longer significant (p = 0.08)[23].
It adds to the effect of exercise in neck pain[23,24], while in low back pain (L4-S1) results conflict[24].
The following doses were used in the trials:

| Region | Needle | Sessions | Pain relief |
| Neck | 0.25 x 30 mm | 3 to 4 | 1 to 4 weeks |
| Shoulder | 0.30 x 40 mm | 2 to 6 | up to 12 weeks |
| Low back | 0.30 x 60 mm | 4 to 6 | 1 week |
| Calf | 0.30 x 50 mm | 1 to 3 | up to 6 weeks |

# Safety

Minor bleeding (7.6%), bruising (4.7%) and pain during treatment (3.0%) are the most common side effects[25].
Serious events, e.g. pneumothorax, occur in fewer than 1 of 10,000 treatments[25].
Over the chest the needle is directed tangentially to the ribs, and never deeper than 15 mm in slender people.

> ## Key messages
>
> + Dry needling eases myofascial pain for days to weeks[22,23].
> + It should be combined with exercise[24].
> + Tell your therapist if you take blood thinners or are pregnant.

# Conclusion

Dry needling acts on the end plate, the vessels and the nervous system[8,14,20], but the size of its benefit is modest.
Larger trials with a follow-up of at least 12 months are needed.
"""),
    references=references("""
Albright S, Dent R. Trigger points: a primer. Pain Pathways. 2004;17(1):1-12.
Borg T, Hsu L. Needles without drugs. Needling Rev. 2014;1(1):2-11.
Carney M. Prevalence of trigger points in pain clinics. Pain Pathways. 2009;22(3):155-163.
Dahlberg E, Moss T. Do examiners agree? Man Ther Notes. 2012;17(5):424-431.
Endo K. Acupuncture and dry needling: two traditions. Needling Rev. 2016;3(2):60-69.
Ames J, Fuchs H, Lee B. Reading trials of needling. Needling Rev. 2017;4(1):5-16.
Greco P. Electrical activity of the end plate. Muscle Lett. 2004;1(2):33-41.
Hsieh W, Chou Y. Twitch response and end plate noise in rabbits. Muscle Lett. 2008;5(3):120-129.
Imani F. Counting twitches: a randomised trial. Physiother Trials. 2017;19(2):90-99.
Jarvis N, Koch D. Soreness after needling. Needling Rev. 2018;5(4):210-218.
Kohl V, Shahani J. The chemistry of active trigger points. Pain Pathways. 2008;21(1):16-23.
Lopez R. Peptides before and after a twitch. Pain Pathways. 2010;23(4):300-309.
Mikkel S, Tran P. Needling cultured muscle. Muscle Lett. 2015;12(1):7-15.
Nagy A. Gas tension in needled muscle. Muscle Lett. 2013;10(2):81-88.
Obi C, Sandberg L. Skin and muscle perfusion after needling. Muscle Lett. 2011;8(4):250-257.
Pereira G. Is the change of flow local? Needling Rev. 2016;3(4):188-195.
Quinn B, Aho M. Nitric oxide and the needle. Muscle Lett. 2017;14(3):144-153.
Rossi E. Gate control and needling. Nerve Notes. 2007;1(1):20-29.
Srb D, Wong K. Segmental effects on pressure pain thresholds. Nerve Notes. 2010;4(2):66-75.
Tamm I, Oh J. Imaging the needled brain. Radiol Rehabil. 2019;16(3):201-212.
Ueno S. Descending inhibition in rats. Nerve Notes. 2014;8(3):130-139.
Varga Z, Lowe C. Sham needles: a meta-analysis. Physiother Trials. 2020;22(1):3-17.
Winter A, Yilmaz B. Dry needling for neck and shoulder pain. Physiother Trials. 2015;17(3):133-147.
Xavier L. Needling plus exercise in spinal pain. Spine Trials. 2019;15(2):99-110.
Young M, Zeller P. Adverse events in 20,494 treatments. Needling Rev. 2019;6(2):70-81.
"""),
)
