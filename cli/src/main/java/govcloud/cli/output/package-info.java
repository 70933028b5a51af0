/** What people and scripts see: tables, JSON, problems and progress. */
package govcloud.cli.output;
