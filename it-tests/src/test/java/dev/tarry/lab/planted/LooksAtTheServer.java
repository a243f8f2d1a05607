package dev.tarry.lab.planted;

import dev.tarry.receive.planted.LooksAtTheLab;

public record LooksAtTheServer(LooksAtTheLab server) {}
