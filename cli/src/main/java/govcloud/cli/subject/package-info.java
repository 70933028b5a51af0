/** Commands for personal data: legal holds and erasure. */
package govcloud.cli.subject;
