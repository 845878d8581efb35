"""Where a word of the hand-outs may be broken at the end of a line."""

from collections.abc import Iterator

_WORDS = """
ab-nor-mal ac-cept-able ac-cu-mu-late acetyl-choline ac-ti-vate ac-ti-vates ac-ti-va-tion ac-tiv-ity acu-punc-ture
ad-he-sive ad-ver-tised af-fected af-ter-wards an-other an-te-rior an-ti-bi-otics an-ti-de-pres-sants
ap-point-ments av-er-age bal-ance bath-room be-tween block-ers brady-kinin breath-less car-ti-lage cer-vi-co-genic
chemi-cal chemi-cals cin-gu-late ci-pro-flox-a-cin cir-cu-la-tion col-la-gen com-bined com-fort-able com-pared
com-pressed com-press-ing com-pres-sion com-pro-mise con-di-tions con-duct con-fused con-nec-tive con-tin-ues
con-trac-tion con-trast con-trol cul-tured dan-ger-ous data-bases de-crease de-nerv-ated de-ner-va-tion den-sity
de-pend-ing de-po-lar-izes der-ma-tome de-scend-ing de-velop de-vel-op-ment di-a-betes di-ag-nosed di-a-phragm
dif-fer-ence dif-fers dif-fi-cult di-rected dis-agree-ments dis-cus-sion dis-puted dis-tance diz-zi-ness drowsi-ness
du-ra-tion ed-u-ca-tion ef-fects elec-tri-cal elec-tro-phys-i-o-logic emer-gency ev-i-dence ex-am-i-na-tion ex-am-ple
ex-er-cise ex-er-cises ex-pec-ta-tion ex-plains ex-ten-sion ex-ten-sor fail-ure fila-ment fol-lowed fol-low-ing
fore-arm fore-head for-ward frac-ture fre-quent func-tion func-tional gaba-pen-tin gar-den-ing great-est guide-lines
head-ache head-aches how-ever ibu-pro-fen imag-ing im-pos-si-ble im-prove im-proved im-pulses in-creased in-creases
in-flamed in-flam-ma-tion in-hib-i-tory in-ject-ing in-jec-tion in-jec-tions in-jured in-ner-vated in-serted in-stead
in-ter-est in-ter-vals ir-ri-tate ir-ri-tated ir-ri-ta-tion is-chemic jump-ing junc-tion kilo-gram land-ing lat-eral
lift-ing liga-ment liga-ments lim-ited loose-ly lum-bar mea-sure-ment mea-sure-ments me-chan-i-cal me-chan-i-cally
mech-a-nisms me-di-ated medi-cine medi-cines meno-pause mes-sen-gers meta-bolic micro-dial-y-sis micro-grams
micro-litres micro-volts mi-graine min-utes morn-ing move-ment move-ments mul-ti-fidus mul-ti-ply mus-cles
mus-cu-lo-skele-tal myo-fas-cial na-prox-en nee-dling ner-vous neu-ro-mus-cu-lar neu-rop-a-thies neu-rop-a-thy
neu-ro-phys-i-o-logic neu-tral-izes no-ci-cep-tive no-ci-cep-tors nora-dren-a-line nor-mal-izes nor-mally noth-ing
num-ber numb-ness op-er-a-tion os-teo-ar-thri-tis os-teo-po-ro-sis os-teo-pe-nia other-wise out-side over-all
par-ac-eta-mol par-ents par-tic-u-lar path-o-log-i-cal path-ways pa-tient pa-tients pep-tide per-fu-sion
pe-riph-eral phar-ma-cist phy-si-cians plate-let pneu-mo-nia pneumo-thorax po-si-tion pos-si-ble pred-nis-o-lone
preg-nant pres-sure prod-ucts pro-lapse pro-lapses pro-longed pro-mot-ing ra-dicu-lop-a-thy re-ac-tions rea-son-ing
rec-om-mend rec-om-mended re-cov-ered re-cov-ery re-duces re-duc-tion re-fer-ring re-lated rel-a-tive re-lease
re-leased re-leases re-lieves re-main re-mained rep-e-ti-tion rep-e-ti-tions re-place re-placed re-solved re-sponse
rest-ing re-stricted re-sult re-sult-ing re-sults re-turns re-verses ro-ta-tion rup-ture sar-co-mere sat-is-fied
sci-atic seg-ment sen-si-tive sen-si-tiv-ity se-ri-ous sero-to-nin ses-sions short-en-ing shoul-der shoul-ders
side-ways sig-nif-i-cant skele-tal sleep-ing some-what sore-ness spon-ta-ne-ous stand-ing ster-oid stiff-en-ing
stiff-ness stim-u-lus stom-ach straight-en strength-ens stretch-ing struc-tures sub-oc-cip-i-tal sub-stance
sub-stances sug-gests sum-marise super-sen-si-tive super-sen-si-tiv-ity sur-gery sur-round-ing swal-low-ing swell-ing
sym-pa-thetic symp-toms sys-tem sys-tems tab-lets tan-gen-tially tem-per-a-ture ten-di-ni-tis ten-di-nop-a-thies
ten-di-nop-a-thy ten-don ten-dons them-selves ther-a-pist ther-a-pists ther-apy there-fore thick-ened thick-est
thresh-old thresh-olds tin-gling tis-sue tis-sues to-gether train-ing treat-ment treat-ments tri-am-cin-o-lone
tri-gem-i-nal trig-ger trig-gers twitch-es typ-i-cal un-der-stood un-steady un-touched un-usual usu-ally ven-ti-la-tor
ver-te-brae ves-sels vi-ta-min wait-ing walk-ing warn-ing weak-ens weak-ness where-as with-out your-self
"""
_BREAKS = {word.replace("-", ""): word.split("-") for word in _WORDS.split()}


def breaks(word: str) -> Iterator[tuple[str, str]]:
    """The two parts of a word at each place where it may be broken, the last place first.

    >>> list(breaks("Inflammation"))
    [('Inflamma', 'tion'), ('Inflam', 'mation'), ('In', 'flammation')]
    """
    pieces = _BREAKS.get(word.lower(), [])
    for number in range(len(pieces) - 1, 0, -1):
        at = len("".join(pieces[:number]))
        yield word[:at], word[at:]
