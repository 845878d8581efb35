"""Hand-outs about the spine: low back pain with a sore leg, and headache that comes from the neck."""

from tests.typesetting.handout import Handout
from tests.typesetting.writing import authors, blocks, references

BACK = Handout(
    title="Low Back Pain and Sciatica",
    authors=authors("Helen Voss, Marco Bianchi, Ruth Adeyemi"),
    running_head="LOW BACK PAIN AND SCIATICA",
    running_foot="Riverside Spine Centre",
    blocks=blocks("""
# IN SHORT

Nine out of ten people with low back pain have no serious disease, and most are much better within 6 weeks[1].
Staying active, keeping warm and taking simple pain relief are the best first steps[1,2].
Bed rest for more than 2 days makes the back stiffer and recovery slower[3].

# HOW THE BACK IS BUILT

The lumbar spine has five vertebrae, L1 to L5, and stands on the sacrum, S1.
Between each pair lies a disc with a tough outer ring and a soft core that is about 80% water in young adults[4].
The discs L4-L5 and L5-S1 carry the greatest load and are the ones most often injured[4,5].
The nerve roots leave the spine just behind the discs and run to the legs as the sciatic nerve, which is the thickest
    nerve of the body.
Around the spine, the multifidus muscle steadies each segment, and its area, normally 5 to 8 cm^{2}, gets smaller within
    days of an injury[6].

# WHAT GOES WRONG

## SIMPLE BACK PAIN

Joints, discs, ligaments and muscles can all hurt, and it is seldom possible to say which of them does[2,7].
That is no cause for worry, as the treatment is the same.
Scans show bulging discs in 30% of healthy people aged 20 and in 84% of 80-year-old people[8].
An MRI in the first 6 weeks therefore does more harm than good, unless there are warning signs[7-9].

## SCIATICA

If the core of a disc presses on a nerve root, pain shoots into the leg, often below the knee[5].
Substances from the disc, among them TNF-alpha and IL-6, irritate the nerve as much as the pressure does[10].
The site of the pain tells which root is affected:

| Root | Where it hurts | Weak movement | Reflex |
| L4 | Front of the thigh, inner shin | Straightening the knee | Knee |
| L5 | Outer shin, top of the foot | Lifting the big toe | None |
| S1 | Back of the calf, outer foot | Rising on the toes | Ankle |

Three of four disc prolapses shrink by themselves within 6 to 12 months, large ones more than small ones[11].

## SPINAL STENOSIS

In people over 60 the spinal canal may become narrow, with a cross-section below 75 mm^{2} at its tightest point[12].
Walking brings on a heavy ache in both legs; sitting, or leaning on a shopping trolley, relieves it within minutes[12].

# WARNING SIGNS

> Go to the emergency department at once if you notice any of these[9,13]:
>
> * numbness around the genitals or the back passage
> * you cannot pass water, or you leak urine or stool
> * weakness of both legs, or a foot that drops
> * fever above 38.5 °C, or weight loss that you cannot explain.
>   This matters all the more if you have ever had cancer.
> * back pain after a fall from more than 1 m, or after a minor fall if you are over 65

# WHAT YOU CAN DO

+ Keep moving: walk for 5 to 10 minutes every 2 hours, even if it hurts a little[3].
+ Lie on your back with your lower legs on a chair for 15 minutes when the pain is bad.
+ Use a heat wrap of about 40 °C for up to 8 hours a day[14].
+ Go back to work early, if need be with lighter duties or fewer hours[2,14].
  You do not have to be free of pain to work.

Lifting is safe if you hold the load close to you and use your legs; a bent back is not dangerous in itself.
Compressing a disc to the point of failure takes about 6 x 10^{3} N, far more than daily life asks for[4].

# MEDICINES

Paracetamol alone is hardly better than a dummy tablet[15].
Ibuprofen 400 mg or naproxen 250 mg with food, for no more than 10 days, gives a small benefit[15,16].
Do not take them with blood thinners, after a stomach ulcer or if your kidney values (eGFR) are below 30.
Opioids such as codeine 30 mg are no longer advised, since 1 in 4 people will have side effects[16].
For sciatica, gabapentin and pregabalin do not work, as Dr. Voss et al. showed in 2017[17].

# PHYSIOTHERAPY

No single kind of exercise is the best one; choose what you enjoy and can keep up[2,18].
We begin with movements that ease the leg pain, e.g. lying on the stomach and pressing up on the hands.
From week 3 on we add strength: bridges, side planks and lifting a kettlebell of 4 to 12 kg.
Manual therapy and dry needling of tight muscles can ease the pain for some days, which helps you to exercise[18].
In a fall or jump the spine takes up to 50 m/s^{2}, so that we start jumping no sooner than week 8.
You need 6 to 8 appointments, approx. one a week.

# WHEN IS SURGERY USEFUL?

An operation relieves the leg pain sooner, but after 1 to 2 years the results are equal[5,11].
It is needed at once only if the bladder or bowel is affected[13].
"""),
    references=references("""
Addison G, Lau W. Course of acute low back pain in 973 patients. Spine Care. 2008;5(2):112-119.
Brandt E, Sorensen P. Guideline on low back pain, 3rd edition. Copenhagen: Nordic Spine Group; 2020.
Calder M. Bed rest reconsidered. Spine Care. 2002;1(1):10-16.
Dietz H, Nakamura R. Water and load in the lumbar disc. J Disc Biol. 2011;14(3):220-231.
Evans T, Kaur J, Olsen B. Surgery and waiting for disc prolapse. Spine Trials. 2007;3(4):245-256.
Fisher L. The multifidus after injury. Muscle Lett. 2009;6(5):401-409.
Gallo S, Whyte D. Which part of the back hurts? Spine Care. 2014;11(6):330-338.
Hassan A, Bloom K. Discs of people without pain: a systematic review. Radiol Rehabil. 2015;12(4):811-816.
Ingram V. Early scans and their price. Radiol Rehabil. 2018;15(1):5-11.
Jonsson C, Abel N. Inflamed nerve roots. J Disc Biol. 2016;19(2):140-152.
Keller P, Tsai M. Why disc prolapses shrink. J Disc Biol. 2017;20(1):33-41.
Larkin R. Lumbar stenosis: measures and symptoms. Spine Care. 2013;10(4):201-210.
Moretti F, Boyd S. Cauda equina syndrome: 61 cases. Emerg Spine. 2012;2(3):77-85.
Nilsen O. Warmth and early return to work. Work Rehabil. 2006;8(2):98-106.
Ortiz J, Wilde A. Paracetamol for back pain: a blinded trial. Spine Trials. 2014;10(5):410-419.
Perrin B. Opioids and anti-inflammatory drugs compared. Pharm Pract. 2018;42(3):188-197.
Voss H, Radic I, Young P. Pregabalin for sciatica. Spine Trials. 2017;13(2):101-110.
Whitlock N, Sena C. Exercise, manual therapy and needling: a network meta-analysis. Spine Trials. 2021;17(1):1-19.
"""),
)

NECK = Handout(
    title="Headache That Comes From the Neck",
    authors=authors("Ingrid Solberg"),
    running_head="Solberg Manual Therapy",
    running_foot="Neck and headache",
    blocks=blocks("""
# What Is Cervicogenic Headache?

Cervicogenic headache is felt in the head[1], but its source lies in the upper neck[1,2].
The nerves C1, C2 and C3 meet the trigeminal nerve in the brain stem, so that the brain confuses neck and forehead[2].
It makes up about 4% of all headaches[3] and more than 50% of those after a whiplash injury[3,4].
Women and men are affected equally, unlike in migraine.

# How We Tell It From Other Headaches

* The pain stays on one side and does not change sides[1].
* Moving the neck or pressing on C2-C3 brings on the usual headache[1,5].
* Turning the head with the neck fully bent (the flexion-rotation test) is limited to less than 32 degrees[5].
  The test finds 9 of 10 cases.
* Flickering lights, vomiting and pounding pain speak for migraine instead[3].

# Common Causes

## Posture and Work

With the head 5 cm in front of the shoulders, the load on the neck nearly doubles[6].
Long hours at a screen[6,7], little sleep[7] and stress[6-8] tire the deep neck flexors.
A laptop should stand on a riser so that the upper edge of the screen is at the height of your eyes.

## Joints and Muscles

The joint C2-C3 is the most frequent source[4], followed by C1-C2.
Trigger points in the trapezius and the suboccipital muscles refer pain to the temple and behind the eye[8].
In the lower neck, irritation of C5 weakens the shoulder, that of C6 the elbow and that of C7 the triceps.

# Treatment

In a trial with 200 people, manual therapy and exercise halved the number of headaches within 7 weeks,
    and the effect held for 12 months[9].
Neither treatment was better than the other, but 10% more people improved with both[9].
Dry needling of the suboccipital muscles lowers the pain for up to 1 week[8,10].
The needle is 0.25 x 30 mm and is never directed at the gap between C1 and the skull.

## Exercises for Every Day

+ Lie on your back, nod as if to say yes, and hold for 10 seconds without lifting the head.
  Repeat this 10 times.
+ Sit tall and draw your shoulder blades gently back and down for 10 seconds.
+ Turn your head to the stiff side with a towel under the ear[5].
  Hold the end position for 3 seconds, twice a day.

| Sign | Neck headache | Migraine |
| Side | Always the same | May change |
| Trigger | Movement of the neck | Light, food, hormones |
| Nausea | Seldom | Often |
| Duration | Hours to days | 4 to 72 hours |

> ## Seek Help at Once
>
> Ring 112 if a headache is sudden and the worst you have ever had.
> Double vision, slurred speech, trouble in swallowing or a drop attack may be signs of a torn artery.[2,4]
"""),
    references=references("""
Aldous R. Criteria for neck-related headache. Headache Pract. 2009;18:61-67.
Boateng Y, Cole S. Convergence in the upper cervical cord. Nerve Notes. 2011;5:12-21.
Conti L. One thousand headaches. Headache Pract. 2013;22:140-151.
Drury K, Amundsen T. Whiplash and the joint C2-C3. Spine Care. 2010;7:305-313.
Eguchi M. The flexion-rotation test. Man Ther Notes. 2010;15:256-262.
Fontaine B, Shaw J. Head posture and load. Work Rehabil. 2014;16:81-90.
Gupta N. Screens, sleep and neck pain. Work Rehabil. 2019;21:44-53.
Hirsch D, Leone V. Referred pain of suboccipital trigger points. Needling Rev. 2015;2:9-19.
Ivarsson P, Jull A. Manual therapy and exercise for headache. Physiother Trials. 2002;4:183-195.
Kwan S. Needling for neck headache: a randomised trial. Needling Rev. 2021;8:101-113.
"""),
)
