from dnqa.index.loops.reference import Sequences as Sequences
from dnqa.index.loops.reference import find_alike as find_alike
from dnqa.index.loops.reference import find_nearest as find_nearest
from dnqa.index.loops.reference import intersect as intersect
from dnqa.index.loops.reference import measure_cosines as measure_cosines
from dnqa.index.loops.reference import score as score
from dnqa.index.loops.reference import top as top
from dnqa.index.loops.reference import unite as unite
