"""What people type at the desk: a request, an answer; what agents type in a file."""
