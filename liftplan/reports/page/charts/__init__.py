"""Charts as inline SVG: bars, flows, histograms. Colours are classes that the page's style sheet knows."""
