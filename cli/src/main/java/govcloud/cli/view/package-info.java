/** {@code govcloud view}: lists derived from the log, and what they have set aside. */
package govcloud.cli.view;
