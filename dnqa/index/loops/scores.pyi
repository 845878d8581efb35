from dnqa.index.loops.reference import Sequences as Sequences
from dnqa.index.loops.reference import score as score
from dnqa.index.loops.reference import top as top
