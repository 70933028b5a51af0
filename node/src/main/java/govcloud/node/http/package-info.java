/** The border of a node: every HTTP request comes in here and every answer leaves here. */
package govcloud.node.http;
