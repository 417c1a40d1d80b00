// Twin of inputs/spelling.py: the words of a text.
const WORD = /\p{Nd}+(?::\p{Nd}+)+|[\p{L}\p{N}_]+(?:['’][\p{L}\p{N}_]+)*/gu;
const words = text => text.toLowerCase().match(WORD) || [];
