/** Requests that a program signs with a key of its own: HTTP Message Signatures (RFC 9421). */
package govcloud.pki.request;
