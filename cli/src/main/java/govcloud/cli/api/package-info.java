/** Talks to the API of a cloud: retries, other nodes, problems as exit codes. */
package govcloud.cli.api;
