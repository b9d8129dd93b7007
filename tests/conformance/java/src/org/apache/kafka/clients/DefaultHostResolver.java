package org.apache.kafka.clients;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Stands before the library's own class on the class path. Every broker is found at one address of this machine, at
 * which the proxy of this client listens under the brokers' own port numbers: so whatever a broker advertises, the way
 * to it leads through the proxy.
 */
public class DefaultHostResolver implements HostResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(System.getProperty("conformance.proxy", host))};
    }
}
