package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SecureText;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.util.List;
import java.util.Locale;

/// Users with their passwords, as scripts make them without asking anybody.
public final class CredentialCmdlets {
    private CredentialCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("ConvertTo-SecureString")
                        .takes(
                                Parameter.of("String", TEXT).at(0).required().pipedWhole(),
                                Parameter.of("AsPlainText", SWITCH),
                                Parameter.of("Force", SWITCH))
                        .simply(CredentialCmdlets::secured),
                Cmdlet.named("New-Object")
                        .takes(
                                Parameter.of("TypeName", TEXT).at(0).required(),
                                Parameter.of("ArgumentList", ANY).at(1).alias("Args"))
                        .simply(CredentialCmdlets::made));
    }

    private static void secured(Call call) {
        if (!call.flag("AsPlainText")) {
            throw ShellFailure.of(
                    Category.InvalidArgument,
                    "ImportSecureString_InvalidArgument",
                    "PSArgumentException",
                    "There is no encrypted form of a secret here: write -AsPlainText -Force.");
        }
        call.write(new SecureText(call.text("String").orElseThrow()));
    }

    private static void made(Call call) {
        String type = call.text("TypeName").orElseThrow();
        String bare = type.toLowerCase(Locale.ROOT);
        if (!bare.equals("pscredential") && !bare.equals(SecureText.CREDENTIAL_TYPE.toLowerCase(Locale.ROOT))) {
            throw ShellFailure.of(
                    Category.InvalidType,
                    "TypeNotFound",
                    "PSArgumentException",
                    "Cannot find type [" + type
                            + "]: verify that the assembly containing this type is loaded. Of .NET's"
                            + " types this shell makes " + SecureText.CREDENTIAL_TYPE + " only.");
        }
        List<?> arguments = Conversion.list(call.value("ArgumentList"));
        if (arguments.size() != 2 || !(arguments.get(1) instanceof SecureText)) {
            throw ShellFailure.of(
                    Category.InvalidArgument,
                    "ConstructorInvokedThrowException",
                    "MethodInvocationException",
                    "A credential is made of a user name and a secure string, such as (\"user\", (ConvertTo-SecureString"
                            + " \"password\" -AsPlainText -Force)).");
        }
        call.write(new Row(SecureText.CREDENTIAL_TYPE)
                .with("UserName", TextForm.of(arguments.getFirst()))
                .with("Password", arguments.getLast()));
    }
}
