@rem npm's scripts begin with "exec", so that signals reach the program; on Windows there is no such word, and nothing to do.
@%*
