"""Hand-outs about the whole body: strong bones and fewer falls, and breathing after a lung infection."""

from tests.typesetting.handout import Handout
from tests.typesetting.writing import authors, blocks, references

BONES = Handout(
    title="Strong Bones, Fewer Falls",
    authors=authors("Falls Prevention Team of St. Anne’s Day Hospital"),
    running_head="St. Anne’s Day Hospital",
    running_foot="For people over 65",
    blocks=blocks("""
# What is osteoporosis?

Osteoporosis means that bones have lost mass and strength and break easily[1].
One in three women and one in five men over 50 will break a bone because of it[1,2].
It is diagnosed with a DXA scan, which gives the density in g/cm^{2} and compares it with that of young adults[3].
A T-score of -2.5 or lower is called osteoporosis, one between -1.0 and -2.5 osteopenia[3].

# Who is at risk?

* women after the menopause, above all if it came before they were 45 years old[2]
* people who take 5 mg of prednisolone or more for over 3 months[4]
* smokers, and those who drink more than 2 glasses of wine a day[2,4]
* people with coeliac disease, an overactive thyroid or long-standing diabetes (A1C above 8%)[4]
* anyone whose mother or father broke a hip

# Food and vitamins

Adults need 1,000 to 1,200 mg of calcium a day, best from food[5].
A glass of milk (200 mL) holds 240 mg, a slice of hard cheese approx. 300 mg.
Vitamin D3 is made in the skin; from October to April many people need 800 IU (20 micrograms) a day as drops or
    tablets[5,6].
Very high single doses, e.g. 500,000 IU once a year, have led to more falls and must be avoided[6].
Low vitamin B12 is common over the age of 75 and causes numb feet and an unsteady gait[7].
Vitamin K2 is often advertised, but there is no good proof of its use[5].

# Exercise

Bone grows stronger when it is loaded: jumps, stairs and weights work, swimming and cycling do not[8].
In a trial with 101 women, heavy lifting twice a week raised the density of the spine (L1-L4) by 2.9% within 8
    months[8].
Balance training of 3 hours a week lowers the number of falls by up to 39%[9].

+ Stand behind a chair with one foot in front of the other for 20 seconds.
+ Rise on your toes and lower yourself slowly, 2 sets of 10.
+ Stand up and sit down 8 times without using your hands.
  Add a rucksack of 2 kg when this becomes easy.
+ Walk sideways along the kitchen worktop, 10 steps each way.

People who have had a fracture of the spine should not bend forward with a load or do sit-ups[8,9].

# Medicines that make you unsteady

Four or more medicines a day raise the risk of falling by about a third[10].
Stand up slowly, in two steps, if you take any of those listed here:

| Medicine | Used for | Why you may fall |
| Alpha1 blockers | Prostate, blood pressure | Low pressure on standing up |
| Sleeping tablets | Sleep | Drowsiness, slow reactions |
| Water tablets | Heart, swollen legs | Lack of fluid and salt |
| Antidepressants | Mood, nerve pain | Dizziness, low sodium |

Alpha_{1} blockers such as doxazosin 4 mg are best taken at bedtime, but sit on the edge of the bed before you get
    up[10].
Never stop a medicine without asking your doctor.

# Safe at home

* Remove loose rugs and cables.
* Leave a light on between the bed and the bathroom[9,11].
* Wear shoes that enclose the heel; socks alone are slippery[11].
  Slippers without a back are no better.

> ## After a fall
>
> Stay calm and check whether you can move your arms and legs.
> Roll onto your side, get onto your hands and knees and crawl to a chair.
> Ring 112 if you hit your head and take a blood thinner, even if you feel well[9-11].
"""),
    references=references("""
Anders K, Bell O. The burden of fragile bones. Bone Pract. 2013;8:136-145.
Cairns D. Risk factors for fracture: a cohort study. Bone Pract. 2007;2:33-46.
Duval M. Reading a DXA scan. Radiol Rehabil. 2010;7:21-29.
Emery P, Shore L. Drugs and diseases that thin the bone. Bone Pract. 2015;10:201-215.
Fabian T. Calcium and vitamins for bone: what is proven? Food Funct Notes. 2018;5:77-89.
Glenn S, Harju V. High-dose vitamin D and falls. Bone Pract. 2010;5:181-188.
Ito R. Vitamin B12 and gait in old age. Food Funct Notes. 2016;3:12-20.
Jarl H, Watts B. Heavy lifting for brittle bones: a trial. Physiother Trials. 2018;20:211-220.
Kemp C, Loo F. Exercise to prevent falls: 108 trials. Physiother Trials. 2019;21:1-22.
Moran A. Medicines and falls. Pharm Pract. 2017;41:300-312.
Nash E. A safer home. Work Rehabil. 2012;14:66-74.
"""),
)

BREATHING = Handout(
    title="Breathing Easier After a Lung Infection",
    authors=authors("Dr. Naomi Clarke, Luis Ferrer"),
    running_head="Lakeside Respiratory Physiotherapy",
    running_foot="Breathing easier",
    blocks=blocks("""
# Why am I still short of breath?

After pneumonia or COVID-19 it is usual to be short of breath for 6 to 12 weeks.[1]
The diaphragm loses strength within 3 days on a ventilator, and leg muscles lose about 2% of their mass each day in
    bed.[2]
Many people then breathe fast and high in the chest, which removes too much CO_{2} and causes tingling and dizziness.[3]
Oxygen is often normal: an SpO_{2} of 94-98% is a good value for most people.[1,3]

# What we measure

* **FEV1**, the air you can blow out in 1 second, in litres[4]
* the distance you walk in 6 minutes, which is 400 to 700 m in healthy adults[4,5]
* your heart rate and SpO_{2} while you walk
* how breathless you feel from 0 to 10 on the Borg scale[5]

# Breathing exercises

Practise twice a day for 5 minutes, sitting or lying on your side.[3]

+ Put one hand on your belly and breathe in through the nose for 2 seconds.
+ Breathe out through pursed lips for 4 seconds, as if to make a candle flicker.
  Your shoulders stay loose.
+ Pause for 1 second before the next breath.

Aim for 10 to 12 breaths a minute.
If you have COPD and your CO_{2} is high, please speak to us first.

# Getting fit again

Start with walks at a pace at which you can still talk, i.e. 3 to 4 on the Borg scale.[5]
A speed of 0.8 m/s is slow, and 1.3 m/s is what most people reach again within 3 months.[4-6]
Add 1 minute every second day.
Leg strength can be built up with 2 sets of 8 chair stands, 3 days a week.[6]
In a study of 119 people, 6 weeks of training added 65 m to the distance of the 6-minute walk.[6]

| Borg | How it feels | What to do |
| 0-2 | Easy | Go a little faster |
| 3-4 | Somewhat hard | Stay as you are |
| 5-10 | Hard to very hard | Slow down or rest |

# Clearing phlegm

Drink about 1.5 L a day unless you have been told to drink less.
Take 3 deep breaths, then huff with your mouth open, as if to steam up a mirror.[2,6]

> **Warning signs:** call for help if your SpO_{2} is below 92% at rest.
> The same is true of blood in the phlegm, pain in the chest or one swollen leg.[1]
"""),
    references=references("""
Arden C, Pihl J. Recovery after pneumonia. Resp Physio. 2021;14:5-13.
Bastow L. Muscles in intensive care. Resp Physio. 2014;7:201-210.
Chen Y, Dobbs R. Breathing pattern disorder. Resp Physio. 2017;10:88-97.
Ehlers M. Lung function for therapists. Oxford: Lanyon Press; 2019.
Fonseca T. Walking tests and effort. Gait Lett. 2011;8:40-52.
Garde H, Ibsen K. Training after COVID-19: a trial of 119 people. Physiother Trials. 2022;24:310-321.
"""),
)
