"""The people screens of the back office, and the frame that every screen of ours there is shown in."""
