package conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

final class ShareConsumerCalls implements Main.Client {
    private final KafkaShareConsumer<String, String> consumer;
    /** What the last poll gave, by "topic-partition/offset": acknowledged is the library's own record. */
    private final Map<String, ConsumerRecord<String, String>> polled = new HashMap<>();

    ShareConsumerCalls(Properties config) {
        consumer = new KafkaShareConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }

    @Override
    public Main.Answer call(JsonNode call) {
        Object result = null;
        switch (call.get("call").asText()) {
            case "subscribe" -> consumer.subscribe(Wire.texts(call.get("topics")));
            case "poll" -> result = poll(call.get("timeoutMs").asLong());
            case "acknowledge" -> acknowledge(call.get("record"), call.get("type"));
            case "commitSync" -> result = commit();
            case "close" -> consumer.close();
            default -> throw new IllegalArgumentException("A share consumer has no " + call.get("call") + ".");
        }
        return new Main.Answer(result);
    }

    private List<Map<String, Object>> poll(long timeoutMs) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(timeoutMs))) {
            polled.put(nameOf(record.topic(), record.partition(), record.offset()), record);
            records.add(Wire.record(record));
        }
        return records;
    }

    private void acknowledge(JsonNode record, JsonNode type) {
        String name = nameOf(record.get("topic").asText(), record.get("partition").asInt(), record.get("offset").asLong());
        ConsumerRecord<String, String> known = polled.get(name);
        if (known == null) throw new IllegalArgumentException(name + " was not polled.");
        if (type == null || type.isNull()) consumer.acknowledge(known);
        else consumer.acknowledge(known, AcknowledgeType.valueOf(type.asText()));
    }

    private Map<String, String> commit() {
        Map<String, String> outcomes = new TreeMap<>();
        consumer.commitSync().forEach((partition, error) -> outcomes.put(
            partition.topicPartition().toString(), error.map(it -> it.getClass().getSimpleName()).orElse(null)));
        return outcomes;
    }

    private static String nameOf(String topic, int partition, long offset) {
        return topic + "-" + partition + "/" + offset;
    }
}
