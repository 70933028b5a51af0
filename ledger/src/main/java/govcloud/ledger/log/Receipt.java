package govcloud.ledger.log;

import govcloud.ledger.note.SignedNote;

/**
 * What an entry got: it is on the disk, and the state that has it is signed.
 *
 * @param index of the entry, from 0
 * @param checkpoint the signed state, of more entries than the index
 */
public record Receipt(long index, SignedNote checkpoint) {}
