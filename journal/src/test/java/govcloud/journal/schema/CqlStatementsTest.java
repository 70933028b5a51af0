package govcloud.journal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CqlStatementsTest {
  @Test
  void severalStatements_split_areInOrderWithoutSemicolonsAndLineBreaks() {
    assertThat(CqlStatements.split("CREATE TABLE a (\n  b int\n);\n\nDROP TABLE c;"))
        .containsExactly("CREATE TABLE a ( b int )", "DROP TABLE c");
  }

  @Test
  void commentsOfEveryKind_split_areDropped() {
    assertThat(CqlStatements.split("-- one; two\nSELECT /* x; */ 1 // three;\n;-- last"))
        .containsExactly("SELECT 1");
  }

  @Test
  void semicolonsAndCommentMarksInTexts_split_stayInTheText() {
    assertThat(CqlStatements.split("INSERT 'a;  --b''; c' \"d;e\" $$ f; /* 'g' $$; h"))
        .containsExactly("INSERT 'a;  --b''; c' \"d;e\" $$ f; /* 'g' $$", "h");
  }

  @Test
  void nothingButCommentsAndSpace_split_givesNoStatement() {
    assertThat(CqlStatements.split(" ; -- nothing\n /* at all")).isEmpty();
  }
}
