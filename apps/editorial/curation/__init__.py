"""What every curation space does the same way: rights, long forms by lines, conflicts, histories, versions."""
