/** Rehearsals of a recovery: started, listed, shown, scheduled. */
package govcloud.cli.drill;
