/** Header of a batch on the wire (DefaultRecordBatch.java RECORD_BATCH_OVERHEAD). Its records come on top. */
export const batchOverheadBytes = 61;
