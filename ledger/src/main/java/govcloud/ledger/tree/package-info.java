/** The Merkle tree of RFC 6962: hashes, roots, proofs, and the tiles in which it is kept. */
package govcloud.ledger.tree;
