package dev.tarry.receive.planted;

import dev.tarry.lab.planted.LooksAtTheServer;

public record LooksAtTheLab(LooksAtTheServer lab) {}
