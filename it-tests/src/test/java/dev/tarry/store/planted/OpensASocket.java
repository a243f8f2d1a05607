package dev.tarry.store.planted;

import io.netty.channel.Channel;

public record OpensASocket(Channel channel) {}
