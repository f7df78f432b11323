"""The codebook, the coding journal and the anchors; the only writer of codings."""
