using RiskAnalyzers.Language;

namespace RiskAnalyzers.Rules.Accounts;

/// <summary>Somebody's order, invoice or address by an id from the request, with no look at who asks.</summary>
internal sealed class MissingOwnershipCheck : RiskRule
{
    private static readonly DiagnosticDescriptor Risk = Create(
        "RISK3008",
        title: "An object is taken by its id and nobody asks whose it is",
        message: "'{0}' {1}; compare the owner with the caller, or demand a role where it is the staff's",
        why: "Ids are counted up, guessed and shared. The endpoint that answers for any id gives away every customer's data.");

    public MissingOwnershipCheck() : base(Risk)
    {
    }

    public override void Listen(RuleListener on)
    {
        var search = new OwnedLookups(on.Facts);
        var services = new UnaskedServices(on.Facts);
        var named = new NamedOwners(on.Facts);
        var request = RequestData.In(on.Facts);
        on.Body(visit =>
        {
            if (visit.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
                return;
            if (NamedOwners.InPasswordChange(method, visit.Body) is { } changed)
                visit.Report(changed.Place, method.Name, $"takes the account by '{changed.Address}', which stands beside the old password in what was sent: every signed-in customer can try passwords of others here, past the lockout of the sign-in");
            else if (search.Endpoints.Of(method) is { } endpoint)
            {
                if (endpoint.Kind != EndpointKind.HubMethod)
                    Check(visit, visit.Body, method.Name, method.ContainingType, endpoint, search, named);
                else
                    CheckHub(visit, method, endpoint, search, named);
            }
            else if (HubGroups.JoinedByQuery(method, visit.Body, request) is { } chosen)
                visit.Report(chosen.Place, method.ContainingType.Name, $"takes each client into the group of whichever '{chosen.Id}' its query names: whose it is, nobody compares");
            else if (search.Ignored(method, visit.Body) is { } ignored)
                visit.Report(ignored.Place, method.Name, $"is told '{ignored.Owner}' and takes {ignored.What} by its id alone: whose it is, nobody compares");
            else
                CheckService(visit, method, search, services, named);
        });
        on.Operation(visit =>
        {
            var lambda = (IAnonymousFunctionOperation)visit.Operation;
            if (lambda.Syntax.Parent is ArgumentSyntax && search.Endpoints.Of(lambda) is { } endpoint)
                Check(visit, lambda.Body, "", null, endpoint, search, named);
        }, OperationKind.AnonymousFunction);
        on.Operation(visit =>
        {
            var function = (ILocalFunctionOperation)visit.Operation;
            if (function.Body is { } body && search.Endpoints.Of(function.Symbol) is { } endpoint)
                Check(visit, body, function.Symbol.Name, null, endpoint, search, named);
        }, OperationKind.LocalFunction);
    }

    private static void CheckService(BodyVisit visit, IMethodSymbol method, OwnedLookups search, UnaskedServices services, NamedOwners named)
    {
        if (method.ContainingType.TypeKind != TypeKind.Class || method.Parameters.IsEmpty)
            return;
        var onlyNotes = UnaskedServices.OnlyNotesCaller(method, visit.Body);
        if (onlyNotes && search.NamedOwner(visit.Body) is { } made)
            visit.Report(made.Place, method.Name, $"knows who calls, writes it down, and makes {made.What} for whichever '{made.Owner}' the request names");
        else if (onlyNotes && search.ByKey(visit.Body) is { } noted)
            visit.Report(noted.Place, method.Name, $"knows who calls, writes it down, and takes {noted.What} by its id alone: whose it is, nobody compares");
        else if (services.ForgetsCaller(method) && search.ByKey(visit.Body) is { } forgotten && !services.Asks(visit.Body))
            visit.Report(forgotten.Place, method.Name, $"is given somebody who knows the caller, never asks him, and takes {forgotten.What} by its id alone: whose it is, nobody compares");
        else if (services.IsMessageWithoutCaller(method) && search.ByKey(visit.Body) is { } taken && !services.Asks(visit.Body))
            visit.Report(taken.Place, method.Parameters[0].Type.Name, $"takes {taken.What} by its id alone and names no caller, as other messages of this project do: whose it is, nobody can compare");
        else if (named.InHandler(method, visit.Body) is { } believed)
            visit.Report(believed.Place, method.Parameters[0].Type.Name, $"works for whichever '{believed.Owner}' the request names, whoever sends it");
    }

    // Who may come in at all is asked of open hubs first.
    private static void CheckHub(BodyVisit visit, IMethodSymbol method, Endpoint endpoint, OwnedLookups search, NamedOwners named)
    {
        if (endpoint.Access is EndpointAccess.Authenticated or EndpointAccess.Entitled && HubGroups.JoinedById(method, visit.Body) is { } joined)
            visit.Report(joined.Place, method.Name, $"takes its caller into the group of whichever '{joined.Id}' he names and nothing asks whose it is: every signed-in customer hears what happens to it");
        else
            Check(visit, visit.Body, method.Name, method.ContainingType, endpoint, search, named);
    }

    private static void Check(Visit visit, IOperation code, string name, INamedTypeSymbol? type, Endpoint endpoint, OwnedLookups search, NamedOwners named)
    {
        // What anybody may change is a finding of its own; whom it is changed for stays wrong when a sign-in is asked for.
        if (endpoint is { Access: EndpointAccess.Open, IsWrite: true })
        {
            if (!PublicEndpoints.IsPublic(endpoint, name, type) && named.InEndpoint(code) is { } believed && !search.AsksWhoCalls(code))
                visit.Report(believed.Place, name.Length > 0 ? name : endpoint.Verb + " " + endpoint.Route, $"works for whichever '{believed.Owner}' the request names, whoever sends it");
            return;
        }
        var ofShelf = PublicEndpoints.IsShelf(endpoint, name, type);
        if (ofShelf && endpoint is { Access: EndpointAccess.Anonymous, IsWrite: true })
        {
            if (search.First(code, guessable: true, ofShelf) is { } shelf && !search.AsksWhoCalls(code))
                visit.Report(search.WhereIdGoesIn(shelf.Place, shelf.Id), name.Length > 0 ? name : endpoint.Verb + " " + endpoint.Route, $"changes {shelf.What} by '{shelf.Id}' from the request, and nothing on the way asks whose it is: whoever knows or guesses the id fills, empties or reads another's");
            return;
        }
        if (endpoint.Access is EndpointAccess.Restricted or EndpointAccess.Unknown || endpoint.LetsAnybodyIn && endpoint.IsWrite || RolelessPrivilege.Concerns(search.Endpoints, endpoint, name, type))
            return;
        if (PublicEndpoints.IsPublic(endpoint, name, type) || endpoint.Access == EndpointAccess.Authenticated && StaffVerbs.IsBackOffice(endpoint, type))
            return;
        var who = endpoint.LetsAnybodyIn ? "anybody" : endpoint.Access == EndpointAccess.Entitled ? "everybody with that right" : "every signed-in customer";
        name = name.Length > 0 ? name : endpoint.Verb + " " + endpoint.Route;
        // Who opens an endpoint on purpose may count on ids that nobody guesses.
        if (search.First(code, guessable: endpoint.Access == EndpointAccess.Anonymous, ofShelf) is { } lookup)
        {
            if (!search.AsksWhoCalls(code) && !(endpoint.Access is EndpointAccess.Authenticated or EndpointAccess.Entitled && !Ownership.NamesOwner(lookup.Id) && search.AsksAnotherService(lookup.Place)))
                visit.Report(search.WhereIdGoesIn(lookup.Place, lookup.Id), name, $"takes {lookup.What} by '{lookup.Id}' from the request and nothing on the way asks whose it is: {who} can walk through the ids");
        }
        else if (endpoint is { Access: EndpointAccess.Open, Verb: "GET" } && named.ByAddress(code) is { } known && !search.AsksWhoCalls(code))
        {
            visit.Report(known.Place, name, $"takes {known.What} by '{known.Address}' from the request and nothing on the way asks whose it is: anybody who knows the address reads it");
        }
        else if (endpoint.Verb == "GET" && search.FirstList(code) is { } list && !search.AsksWhoCalls(code) && !(endpoint.Access is EndpointAccess.Authenticated or EndpointAccess.Entitled && search.AsksAnotherService(list.Place)))
        {
            visit.Report(list.Place, name, $"hands out every '{list.What}' there is to {who}");
        }
        else if (endpoint.Verb == "GET" && search.FirstCount(code, WholeLists.SpeaksOfSums(name) || WholeLists.SpeaksOfSums(endpoint.Route)) is { } sum && !search.AsksWhoCalls(code) && !search.AsksAnotherService(sum.Place))
        {
            visit.Report(sum.Place, name, $"tells {who} the shop's figures: '{sum.What}', counted over everybody");
        }
    }
}
