"""How a page looks: page models become autoescaped HTML fragments. No arithmetic of the method, no portfolio."""
