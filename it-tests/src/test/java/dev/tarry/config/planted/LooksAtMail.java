package dev.tarry.config.planted;

import dev.tarry.mail.EmailAddress;

public record LooksAtMail(EmailAddress address) {}
