/**
 * Certificates of doors: read from PEM files, read again when these change, checked and reported;
 * and the authorities that a cloud on one machine makes for itself.
 */
package govcloud.pki;
