"""Getting what was stored to the workflows: at once by the faces, and by the sweeper for whatever they could not."""
