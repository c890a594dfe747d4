"""The drawings themselves, in Altair. Imported only when one is drawn."""
