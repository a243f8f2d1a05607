package dev.tarry.planted;

public record HasNoRoom() {}
