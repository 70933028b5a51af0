/** The texts of C2SP: signed notes, keys, checkpoints, cosignatures, policies and proofs. */
package govcloud.ledger.note;
