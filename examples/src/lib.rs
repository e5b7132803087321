//! One small program per idea; see `src/bin/`. The founding scenario as data is in `founding/`.
