"""Hand-outs about joints and tendons: a frozen shoulder, a worn knee, and conditions that a clinic often sees."""

from tests.typesetting.handout import Handout
from tests.typesetting.writing import authors, blocks, references

SHOULDER = Handout(
    title="Frozen Shoulder: a Guide for Patients",
    authors=authors("Northgate Physiotherapy and Hand Clinic"),
    running_head="Northgate Physiotherapy",
    running_foot="Leaflet 12, reviewed May 2023",
    blocks=blocks("""
# What is a frozen shoulder?

Frozen shoulder, also called adhesive capsulitis, is a painful stiffening of the capsule around the shoulder joint.[1]
It affects approx. 2-5% of adults, most of them between 40 and 60 years of age.[1,2]
People with diabetes are at greater risk, above all when their A1C is higher than 7.5%.[3]
The other shoulder is affected later in about 1 of 7 people.[2]

# How does it feel?

The first sign is usually a deep ache at the outside of the upper arm, often worst at night.[1]
Reaching behind the back, e.g. to fasten a belt, becomes difficult or impossible.
Outward rotation is lost first, and the joint feels blocked even when someone else moves your arm.[4]
The skin looks normal, and an X-ray of the shoulder shows nothing unusual.

# The three stages

* **Freezing stage:** pain grows over 2 to 9 months while the movement slowly gets less.[2,4]
* **Frozen stage:** the pain eases, but the stiffness stays for 4 to 12 months.[4]
  Most daily tasks become possible again with small changes.
* **Thawing stage:** movement returns over 5 to 24 months.[2-4]

# What you can do at home

Do these exercises 3 times a day, after a warm shower or 10 minutes with a heat pack.[5]
Stop when the pain is above 4 out of 10 or lasts longer than 30 minutes afterwards.

+ Lean forward, let the arm hang and swing it in small circles for 60 seconds.
+ Walk your fingers up a wall as far as is comfortable and hold for 15 seconds.
+ Keep your elbow at your side and push the hand outward with a stick.
  Repeat this 10 times.
+ Draw the arm gently across the chest, hold for 20 seconds and rest.

## Sleeping and working

Lie on the good side with a pillow under the sore arm, so that the shoulder does not roll forward.
At a desk, keep the keyboard close to you and rest the forearm on the table.

# Treatment at the clinic

Your therapist, together with Dr. Hale, will choose the treatment by the stage you are in.
Gentle joint glides given twice a week improved rotation by 14 degrees on average within 6 weeks.[6]
An injection of 40 mg of triamcinolone can ease the pain for up to 8 weeks, mainly in the freezing stage.[5,7]
It works best when exercises are started within 10 days of the injection.[7]
Stretching into strong pain, by contrast, slows recovery.[8]

| Stage | Main aim | Exercise |
| Freezing | Less pain at night | 5 minutes, 3 times a day |
| Frozen | Keep the movement | 10 minutes, 3 times a day |
| Thawing | Regain the movement and strength | 15 minutes, twice a day |

> ## Call us within 24 hours
>
> Please ring the clinic at once if:
>
> * the shoulder is hot, red or swollen and you have a temperature above 38 °C
> * your arm becomes numb or weak
> * the pain began after a fall
"""),
    references=references("""
Marlow PJ, Iqbal S. Adhesive capsulitis in general practice. J Shoulder Pract. 2016;12(2):41-49.
Tanner R, Oduya B, Weiss K. Natural course of the stiff shoulder: a cohort of 223 people. Arch Joint Care.
    2011;8(4):301-310.
Holm E, Petrov N. Diabetes and the shoulder capsule. Metab Rehabil. 2018;5(1):12-20.
Quist A. Stages of frozen shoulder revisited. J Shoulder Pract. 2014;10(3):88-95.
Lindqvist M, Amara T. Exercise and injection for frozen shoulder: a trial. Physiother Trials. 2019;21(6):455-466.
Berger F. Joint glides and rotation. Man Ther Notes. 2012;17(1):3-9.
Sato Y, Brandt L. Timing of exercise after steroid injection. Arch Joint Care. 2020;17(2):77-84.
Dunmore H, Vass P. Gentle or intensive stretching? Physiother Trials. 2009;11(3):140-148.
"""),
)

KNEE = Handout(
    title="Living Well With Knee Osteoarthritis",
    authors=authors("Priya Raman, Tom Ellery"),
    running_head="Harbour Street Rehabilitation",
    running_foot="Knee programme",
    blocks=blocks("""
# About Your Knee

Osteoarthritis is the most common joint disease of older adults[1], and the knee is the joint it affects most
    often[1,2].
The cartilage becomes thinner, the bone at the edges grows small spurs, and the lining of the joint may become
    inflamed[2].
What a scan shows and what you feel are only loosely linked: many people with a worn knee have little or no pain[3].
Pain does not mean that the joint is being damaged.

## Why Does It Hurt?

Cartilage itself has no nerves, so that pain comes from the bone, the joint lining and the muscles around the knee[2,4].
The lining sets free messengers such as IL-1, IL-6 and TNF-alpha, which make the nerves more sensitive[4].
Weak thigh muscles and a high body weight add to the load on the joint[5-7].

## What Makes It Worse?

* long periods of sitting, e.g. in a car or at the cinema
* a sudden change in activity, such as a day of gardening after a quiet week
* a body mass index above 30 kg/m^{2}, which is called obesity[7]
* poor sleep and low mood[4,8]

# Exercise Is the First Treatment

All major guidelines recommend exercise, education and, where needed, weight loss before any other treatment[8,9].
In a study of 2,150 people, pain fell by 27% after 8 weeks of group exercise and remained lower after 12 months[9].
You should expect some soreness in the first 2 weeks.
A rise in pain of up to 2 points on the 10-point scale is acceptable if it settles within 24 hours[9].

## Your Programme

+ Sit on a chair, straighten the knee fully and hold for 5 seconds.
+ Stand up from a chair without using your hands, 3 sets of 8.
+ Step up onto a step of 15 cm, slowly, with the other hand on a rail.
  Change legs after 10 repetitions.
+ Walk on level ground for 10 minutes and add 2 minutes each week.

| Week | Chair stands | Steps | Walking |
| 1-2 | 3 x 8 | 2 x 10 | 10 minutes |
| 3-4 | 3 x 10 | 3 x 10 | 14 minutes |
| 5-6 | 3 x 12 | 3 x 12 | 18 minutes |
| 7-8 | 4 x 12 | 3 x 15 | 22 minutes |

# Weight

Each kilogram of body weight that is lost takes about 4 kg of load off the knee with every step[6].
Losing 5% of the body weight within 20 weeks is enough to notice a difference, and 10% is better still[7,10].
A dietitian can help you, for example if you have diabetes and an A1C over 7% (53 mmol/mol).

# Medicines

Gels with diclofenac 1% are applied up to 4 times a day and cause fewer side effects than tablets[11].
Ibuprofen 400 mg may be taken for short periods, but not if you have kidney disease, heart failure or a stomach
    ulcer[11].
Glucosamine, vitamin B12 and fish oil have not been shown to help[10,12].
Ask your doctor, i.e. not only the pharmacist, before you combine medicines.

> **Remember:** motion is lotion for the knee.
> A good day is no reason to do twice as much, and a bad day is no reason to stop.
"""),
    references=references("""
Ferreira, L., & Nolan, D. (2015). How common is knee osteoarthritis? Joint Health Review, 4(1), 5–14.
Osei, K. (2017). The whole joint disease. Annals of Cartilage, 22(3), 201–219.
Wren, T., Falk, J., & Moss, A. (2012). Images and symptoms of the knee. Radiology in Rehabilitation, 9(2), 77–85.
Castellan, R. (2018). Messengers of joint pain. Pain Pathways, 31(4), 310–322.
Hughes, B., & Idowu, F. (2010). Thigh strength and knee pain. Strength Journal, 15(1), 33–41.
Novak, P. (2005). Body weight and load on the knee. Gait Letters, 2(1), 1–8.
Amsel, G., & Rhee, S. (2013). Losing weight for better knees. Joint Health Review, 2(3), 150–163.
Turnbull, C. (2020). Guidelines for osteoarthritis compared. Physiotherapy Trials, 22(2), 99–112.
Skov, M., & Eriksen, H. (2017). Group exercise for hip and knee pain. Physiotherapy Trials, 19(5), 380–392.
Dietrich, U. (2019). Nutrition and the joints: an overview. Food and Function Notes, 6(2), 45–60.
Pell, R., & Zhou, W. (2016). Gels and tablets for osteoarthritis. Pharmacy in Practice, 40(7), 512–520.
Abbott, S. (2021). Supplements that do not help. Food and Function Notes, 8(1), 3–11.
"""),
)

CONDITIONS = Handout(
    title="Conditions We Often Treat",
    authors=authors("The team of Mill Lane Sports Clinic"),
    running_head="Mill Lane Sports Clinic - Information for patients",
    running_foot="Mill Lane Sports Clinic, 14 Mill Lane",
    blocks=blocks("""
This sheet sums up seven conditions that our therapists see every week.
It does not replace an examination.

# Tennis elbow (lateral epicondylalgia)

Pain at the outside of the elbow comes from the tendon of the wrist extensors, mostly the extensor carpi radialis
    brevis.[12]
It affects 1-3% of adults and has little to do with tennis.[12,16]
A steroid injection helps for 6 weeks, but the results after 1 year are worse than those of waiting.[4]
Hold a 1 kg weight with the palm down and lower it slowly, 3 sets of 15, once a day.[9]

# Golfer's elbow (medial epicondylalgia)

The pain is at the inside of the elbow and increases when you grip or bend the wrist.[12]
Up to half of those affected also have tingling of the ring and little fingers, since the ulnar nerve runs close by.[5]

# Carpal tunnel syndrome

* The median nerve is compressed at the wrist, which causes numbness of the thumb, index and middle fingers at night.[1]
* It is often confused with irritation of the nerve root C6 in the neck.[1,7]
* A splint that holds the wrist straight is worn at night for 6 weeks.[10]
  If the ball of the thumb gets thinner, surgery should not be delayed.[7]
* Low vitamin B12 and an underactive thyroid should be ruled out.[10]

# De Quervain's tenosynovitis

Two tendons at the base of the thumb become irritated, often in parents who lift a baby.[3]
A thumb splint and rest for 3-4 weeks settle most cases.[3,11]

# Greater trochanteric pain syndrome

Pain at the outside of the hip was long called bursitis, but the gluteal tendons are the usual source.[6,8]
Do not cross your legs, do not stand with the hip pushed out, and put a pillow between your knees at night.[6]
In a trial with 204 people, education plus exercise helped 79% of them after 8 weeks, vs. 58% after an injection.[8]

# Plantar heel pain

Pain under the heel with the first steps in the morning is typical, and 80% of people are better within 12
    months.[2,13-15]
Heel raises with a rolled towel under the toes are done every second day, 3 sets of 12.[13]

| Treatment | When | For how long |
| Calf stretch | 3 times a day | 8 weeks |
| Heel raises | every second day | 12 weeks |
| Heel cup | in every shoe | until the pain is gone |
| Shock waves | if no better by 3 months | 3 sessions |

# Ankle sprain

Most sprains injure the ligament at the outside of the ankle, the anterior talofibular ligament.[14]
Relative rest, ice for 10 minutes and a bandage are enough for the first 2-3 days.[14,15]
After that, balance exercises halve the risk of another sprain.[15]
Stand on one leg for 30 seconds, first with your eyes open and then with them shut.

> ## Do you need an X-ray?
>
> An X-ray is taken if you cannot walk 4 steps or if the bone behind the ankle is tender.[2]
> Everyone else can safely do without.

# Booking

Ring 555 0172 between 8 a.m. and 6 p.m., or <write to our front desk|https://mill-lane.example/contact>.
"""),
    references=references("""
Abara C. Night splints and the median nerve. Hand Rehabil. 2014;3:22-30.
Bowen T, Lund S. When to X-ray an ankle or a heel. Emerg Physio. 2010;1:9-15.
Chaudhry N. Thumb tendons of new parents. Hand Rehabil. 2016;5:101-108.
Crane B, Bisgaard L. Injection or waiting for tennis elbow. Physiother Trials. 2010;12:410-420.
Dorn E. Ulnar nerve signs at the elbow. Nerve Notes. 2013;7:55-61.
Ekman J. Gluteal tendons and hip pain. Tendon Lett. 2015;4:1-12.
Farrow P, Gill A. Carpal tunnel or neck? Nerve Notes. 2017;11:90-99.
Grant R, Mello A. Education and exercise for the lateral hip. Physiother Trials. 2018;20:201-213.
Hoang T. Slow lowering for elbow tendons. Tendon Lett. 2012;1:33-40.
Ivers M. Six weeks of splinting. Hand Rehabil. 2018;7:12-19.
Jansen W. De Quervain's disease: a review. Hand Rehabil. 2019;8:140-152.
Kessler O, Ruiz D. Elbow tendons in numbers. Tendon Lett. 2011;1:5-13.
Lambert F. Heel raises against plantar heel pain. Foot Pract. 2014;24:215-223.
Mbeki S. Care of the sprained ankle. Emerg Physio. 2012;3:61-70.
Nowak Z, Orr H. Balance training after a sprain. Physiother Trials. 2016;18:77-86.
Owens K. Who gets tennis elbow? Tendon Lett. 2013;2:99-104.
"""),
)
