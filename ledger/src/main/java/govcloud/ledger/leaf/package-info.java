/**
 * What an entry of a ledger says: values for everybody, and commitments that can be opened one by
 * one.
 */
package govcloud.ledger.leaf;
