"""How much of a slip in the code the tests notice: small random changes of it, and the share that a test kills.

    python -m bench.mutants measure --count 200 --seed 1
    python -m bench.mutants again      # the survivors of the last run, after tests were added

Tools for this exist (mutmut, cosmic-ray). They leave module constants alone or move 0.35 by
whole ones, change annotations that do nothing, and run every test for every change; here the
thresholds are module constants and the tests take minutes. So the changes are ours, and
coverage.py says which tests run which lines.
"""
