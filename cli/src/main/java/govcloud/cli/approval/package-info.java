/** Dangerous commands that two people sign, and the proof that they did, checked offline. */
package govcloud.cli.approval;
