//! Observations, Accumulator, Profile, Policy and Report: the judgement.
