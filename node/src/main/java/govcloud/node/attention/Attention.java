package govcloud.node.attention;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Collects what needs an operator. */
public interface Attention {

  /**
   * What needs an operator now, the most urgent first. Never fails: what cannot be asked is an item
   * of its own.
   */
  CompletionStage<List<AttentionItem>> items();
}
