from dnqa.index.loops.reference import find_alike as find_alike
from dnqa.index.loops.reference import find_nearest as find_nearest
from dnqa.index.loops.reference import measure_cosines as measure_cosines
from dnqa.index.loops.reference import merge as merge
