//! How Greenlight writes numbers for people; the only module that does.
