/** Synthetic departments, people and cases to look at: always the same ones. */
package govcloud.cli.demo;
