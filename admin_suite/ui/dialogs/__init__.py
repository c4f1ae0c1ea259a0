"""What opens for one deed and goes away again."""
