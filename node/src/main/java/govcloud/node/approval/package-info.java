/** Dangerous commands: asked for, signed by two people with their passkeys, and then begun. */
package govcloud.node.approval;
