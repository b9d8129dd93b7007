package conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

final class ConsumerCalls implements Main.Client {
    private final KafkaConsumer<String, String> consumer;
    private final List<Map<String, Object>> rebalances = new ArrayList<>();

    ConsumerCalls(Properties config) {
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }

    @Override
    public Main.Answer call(JsonNode call) {
        Object result = null;
        switch (call.get("call").asText()) {
            case "subscribe" -> consumer.subscribe(Wire.texts(call.get("topics")), new Listener());
            case "assign" -> consumer.assign(Wire.partitions(call.get("partitions")));
            case "poll" -> result = poll(call.get("timeoutMs").asLong());
            case "commitSync" -> {
                if (call.hasNonNull("offsets")) consumer.commitSync(Wire.offsets(call.get("offsets")));
                else consumer.commitSync();
            }
            case "committed" -> result = committed(Wire.partition(call.get("partition")));
            case "position" -> result = consumer.position(Wire.partition(call.get("partition")));
            case "seek" -> consumer.seek(Wire.partition(call.get("partition")), call.get("offset").asLong());
            case "seekToBeginning" -> consumer.seekToBeginning(Wire.partitions(call.get("partitions")));
            case "pause" -> consumer.pause(Wire.partitions(call.get("partitions")));
            case "resume" -> consumer.resume(Wire.partitions(call.get("partitions")));
            case "assignment" -> result = Wire.names(consumer.assignment());
            case "rebalances" -> {
                result = List.copyOf(rebalances);
                rebalances.clear();
            }
            case "groupMetadata" -> result = groupMetadata();
            case "close" -> consumer.close();
            default -> throw new IllegalArgumentException("A consumer has no " + call.get("call") + ".");
        }
        return new Main.Answer(result);
    }

    private List<Map<String, Object>> poll(long timeoutMs) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(timeoutMs)))
            records.add(Wire.record(record));
        return records;
    }

    private Long committed(TopicPartition partition) {
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        return committed == null ? null : (Long) committed.offset();
    }

    private Map<String, Object> groupMetadata() {
        ConsumerGroupMetadata metadata = consumer.groupMetadata();
        Map<String, Object> map = new HashMap<>();
        map.put("groupId", metadata.groupId());
        map.put("generationId", metadata.generationId());
        map.put("memberId", metadata.memberId());
        map.put("groupInstanceId", metadata.groupInstanceId().orElse(null));
        return map;
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            note("assigned", partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            note("revoked", partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            note("lost", partitions);
        }

        private void note(String is, Collection<TopicPartition> partitions) {
            rebalances.add(Map.of("is", is, "partitions", Wire.names(partitions)));
        }
    }
}
