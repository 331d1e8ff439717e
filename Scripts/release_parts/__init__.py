"""The parts of Scripts/release, one file for each kind of file that it makes."""
