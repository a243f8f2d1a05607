package dev.tarry.planted;

public record PlantedHelper() {
    public record PlantedData() {}
}
