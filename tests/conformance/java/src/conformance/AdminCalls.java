package conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

final class AdminCalls implements Main.Client {
    private final Admin admin;

    AdminCalls(Properties config) {
        admin = Admin.create(config);
    }

    @Override
    public Main.Answer call(JsonNode call) throws Exception {
        Object result = null;
        switch (call.get("call").asText()) {
            case "createTopic" -> createTopic(call);
            case "setGroupConfig" -> setGroupConfig(call.get("groupId").asText(), call.get("config"));
            case "describeGroup" -> result = describeGroup(call.get("groupId").asText());
            case "shareGroupOffsets" -> result = shareGroupOffsets(call.get("groupId").asText());
            case "listOffsets" -> result = listOffsets(call);
            case "close" -> admin.close();
            default -> throw new IllegalArgumentException("An admin has no " + call.get("call") + ".");
        }
        return new Main.Answer(result);
    }

    private void createTopic(JsonNode call) throws Exception {
        Map<String, String> configs = new HashMap<>();
        call.get("config").fields().forEachRemaining(entry -> configs.put(entry.getKey(), entry.getValue().asText()));
        NewTopic topic = new NewTopic(call.get("topic").asText(), Optional.of(call.get("partitions").asInt()), Optional.empty());
        admin.createTopics(List.of(topic.configs(configs))).all().get();
        // It is there for every client only when it is described.
        while (!isKnown(topic.name())) Thread.sleep(20);
    }

    private boolean isKnown(String topic) throws Exception {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException error) {
            if (error.getCause() instanceof UnknownTopicOrPartitionException) return false;
            throw error;
        }
    }

    private void setGroupConfig(String groupId, JsonNode config) throws Exception {
        Collection<AlterConfigOp> operations = new ArrayList<>();
        config.fields().forEachRemaining(entry -> operations.add(new AlterConfigOp(
            new ConfigEntry(entry.getKey(), entry.getValue().asText()), AlterConfigOp.OpType.SET)));
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, groupId), operations)).all().get();
    }

    private Object describeGroup(String groupId) throws Exception {
        GroupType type = admin.listGroups().all().get().stream()
            .filter(listing -> listing.groupId().equals(groupId))
            .flatMap(listing -> listing.type().stream())
            .findFirst().orElse(GroupType.CLASSIC);
        return switch (type) {
            case SHARE -> {
                ShareGroupDescription group = admin.describeShareGroups(List.of(groupId)).all().get().get(groupId);
                List<Map<String, Object>> members = new ArrayList<>();
                for (ShareMemberDescription member : group.members()) members.add(member(
                    member.consumerId(), null, member.clientId(), member.assignment().topicPartitions(), member.memberEpoch()));
                yield group(group.groupState().toString(), type, members);
            }
            case CONSUMER -> {
                ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(groupId)).all().get().get(groupId);
                yield group(group.groupState().toString(), type, members(group.members()));
            }
            default -> {
                ClassicGroupDescription group = admin.describeClassicGroups(List.of(groupId)).all().get().get(groupId);
                yield group(group.state().toString(), type, members(group.members()));
            }
        };
    }

    private static Map<String, Object> group(String state, GroupType type, List<Map<String, Object>> members) {
        members.sort(Comparator.comparing(member -> member.get("clientId") + " " + member.get("memberId")));
        return Map.of("state", state, "type", type.toString(), "members", members);
    }

    private static List<Map<String, Object>> members(Collection<MemberDescription> descriptions) {
        List<Map<String, Object>> members = new ArrayList<>();
        for (MemberDescription member : descriptions) members.add(member(
            member.consumerId(), member.groupInstanceId().orElse(null), member.clientId(),
            member.assignment().topicPartitions(), member.memberEpoch().orElse(null)));
        return members;
    }

    private static Map<String, Object> member(
        String memberId, String instanceId, String clientId, Collection<TopicPartition> assignment, Integer epoch) {
        Map<String, Object> map = new HashMap<>();
        map.put("memberId", memberId);
        map.put("instanceId", instanceId);
        map.put("clientId", clientId);
        map.put("assignment", Wire.names(assignment));
        map.put("memberEpoch", epoch);
        return map;
    }

    private Map<String, Long> shareGroupOffsets(String groupId) throws Exception {
        Map<String, Long> offsets = new TreeMap<>();
        admin.listShareGroupOffsets(Map.of(groupId, new ListShareGroupOffsetsSpec()))
            .partitionsToOffsetInfo(groupId).get()
            .forEach((partition, info) -> offsets.put(partition.toString(), info == null ? null : (Long) info.startOffset()));
        return offsets;
    }

    private long listOffsets(JsonNode call) throws Exception {
        TopicPartition partition = Wire.partition(call.get("partition"));
        OffsetSpec spec = call.get("spec").asText().equals("earliest") ? OffsetSpec.earliest() : OffsetSpec.latest();
        return admin.listOffsets(Map.of(partition, spec)).partitionResult(partition).get().offset();
    }
}
