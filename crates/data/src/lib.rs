//! Bytes to Table: formats, types, roles.
