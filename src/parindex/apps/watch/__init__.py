"""Whether the installation is well: what the doctor, the administrator's page and monitors are told."""
