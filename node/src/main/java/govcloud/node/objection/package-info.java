/** Objections of citizens, for the departments that answer them and those who look after that. */
package govcloud.node.objection;
