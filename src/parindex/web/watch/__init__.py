"""What is asked of the site by programs that watch it, and what every request leaves behind for them."""
